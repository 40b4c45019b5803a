//! A short list of values by what they belong to. A map would cost more bytes than the walk through a few.

/// One value for each key.
#[derive(Debug)]
pub struct Keyed<K, V>(Vec<(K, V)>);

impl<K: PartialEq, V: Clone> Keyed<K, V> {
    /// Nothing yet.
    pub const EMPTY: Self = Self(Vec::new());

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<V> {
        self.0.iter().find(|it| it.0 == *key).map(|it| it.1.clone())
    }

    /// Puts a value in the place of what stood there for this key.
    pub fn put(&mut self, key: K, value: V) {
        self.0.retain(|it| it.0 != key);
        self.0.push((key, value));
    }
}

#[cfg(test)]
mod tests {
    use super::Keyed;

    #[test]
    fn the_last_value_of_a_key_stays() {
        let mut list = Keyed::EMPTY;
        list.put("one", 1);
        list.put("two", 2);
        list.put("one", 3);
        assert_eq!((list.get(&"one"), list.get(&"two"), list.get(&"three")), (Some(3), Some(2), None));
    }
}
