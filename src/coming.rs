//! Something that was asked for once, and everybody who waits for it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

/// It, once it is here.
#[derive(Debug)]
pub struct Coming<T> {
    value: RefCell<Option<T>>,
    who: RefCell<Vec<Waker>>,
}

impl<T> Default for Coming<T> {
    fn default() -> Self {
        Self { value: RefCell::new(None), who: RefCell::default() }
    }
}

impl<T: Clone> Coming<T> {
    /// It is here: whoever waits goes on.
    pub fn come(&self, value: T) {
        self.value.replace(Some(value));
        self.wake();
    }

    /// It, where it is here already.
    pub fn value(&self) -> Option<T> {
        self.value.borrow().clone()
    }

    /// Lets whoever waits look again.
    pub fn wake(&self) {
        self.who.take().into_iter().for_each(Waker::wake);
    }

    /// A task looks again when something has changed.
    pub fn wait_in(&self, task: &Context<'_>) {
        self.who.borrow_mut().push(task.waker().clone());
    }

    /// It, as soon as it is here.
    pub async fn wait(&self) -> T {
        poll_fn(|task| match self.value() {
            Some(value) => Poll::Ready(value),
            None => {
                self.wait_in(task);
                Poll::Pending
            }
        })
        .await
    }
}
