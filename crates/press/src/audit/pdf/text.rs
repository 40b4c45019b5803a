//! The text that content streams show (ISO 32000-2, 9.4), in the order in which they show it.

use super::font::{Font, latin};
use super::objects::gather;
use super::{Gathered, careful};
use crate::audit::parts::Part;
use crate::audit::unpacking::Unpacking;
use lopdf::Object;
use lopdf::content::{Content, Operation};
use std::rc::Rc;

/// Thousandths of the size of a font that count as a space. Kerning stays below, the narrowest spaces above.
const GAP: f32 = 170.0;

/// Finds a font by the name that a content stream calls it by.
type Fonts<'a, 'f> = &'a dyn Fn(&[u8]) -> Option<Rc<Font<'f>>>;

/// What is shown. Some programs set word by word, others letter by letter, and both move the pen in between: so it is read in both ways.
#[derive(Default)]
pub(super) struct Shown {
    /// As if every movement were a space.
    apart: Gathered,
    /// As if only a movement to another line were one.
    together: Gathered,
    /// What is written beside it, such as the text that a reader of the screen says.
    beside: Gathered,
}

/// Where the pen is, as far as it matters.
#[derive(Default)]
struct Pen<'f> {
    font: Option<Rc<Font<'f>>>,
    line: f32,
    leading: f32,
    shown: f32,
}

impl Shown {
    /// What follows comes from the object at this place.
    pub(super) fn begin(&mut self, at: usize) {
        [&mut self.apart, &mut self.together, &mut self.beside].into_iter().for_each(|it| it.begin(at));
    }

    /// Calls back for each way to read it.
    pub(super) fn visit(self, visit: &mut dyn FnMut(Part)) {
        [self.apart, self.together, self.beside].into_iter().for_each(|it| it.visit(visit));
    }

    /// Reads a content stream. What is none shows nothing.
    pub(super) fn show(&mut self, content: &[u8], unpacking: &Unpacking, fonts: Fonts<'_, '_>) {
        let before = self.apart.bytes.len();
        let mut pen = Pen::default();
        let mut operations = Content::decode_iter(content);
        while let Some(Some(Ok(operation))) = careful(|| operations.next()) {
            self.operation(&operation, &mut pen, unpacking, fonts);
            if self.apart.bytes.len() - before > unpacking.left() {
                break;
            }
        }
        unpacking.take(self.apart.bytes.len() - before);
    }

    fn operation<'f>(&mut self, it: &Operation, pen: &mut Pen<'f>, unpacking: &Unpacking, fonts: Fonts<'_, 'f>) {
        let number = |at: usize| it.operands.get(at).and_then(|it| it.as_float().ok()).unwrap_or_default();
        match it.operator.as_str() {
            "Tf" => pen.font = it.operands.first().and_then(|it| it.as_name().ok()).and_then(fonts),
            "BT" => pen.line = 0.0,
            "TL" => pen.leading = number(0),
            "Td" => self.step(pen, number(1)),
            "TD" => {
                pen.leading = -number(1);
                self.step(pen, number(1));
            }
            "Tm" => {
                pen.line = 0.0;
                self.step(pen, number(5));
            }
            "T*" => self.next_line(pen),
            "Tj" | "TJ" => self.strings(&it.operands, pen, unpacking),
            "'" | "\"" => {
                self.next_line(pen);
                self.strings(
                    it.operands.get(it.operands.len().saturating_sub(1)..).unwrap_or_default(),
                    pen,
                    unpacking,
                );
            }
            "BDC" | "DP" => it.operands.iter().for_each(|it| gather(it, &mut self.beside.bytes)),
            _ => {}
        }
    }

    fn step(&mut self, pen: &mut Pen<'_>, down: f32) {
        pen.line += down;
        self.apart.bytes.push(b'\n');
    }

    fn next_line(&mut self, pen: &mut Pen<'_>) {
        // A distance that was never said is not none.
        let leading = if pen.leading == 0.0 { 1.0 } else { pen.leading };
        self.step(pen, -leading);
    }

    fn strings(&mut self, operands: &[Object], pen: &mut Pen<'_>, unpacking: &Unpacking) {
        if pen.line != pen.shown {
            self.together.bytes.push(b'\n');
            pen.shown = pen.line;
        }
        for operand in operands {
            match operand {
                Object::Array(parts) => self.strings(parts, pen, unpacking),
                Object::String(codes, _) => {
                    let text = match &pen.font {
                        Some(font) => font.read_text(codes, unpacking),
                        None => latin(codes),
                    };
                    self.apart.bytes.extend_from_slice(text.as_bytes());
                    self.together.bytes.extend_from_slice(text.as_bytes());
                }
                number => {
                    if number.as_float().is_ok_and(|it| it < -GAP) {
                        self.apart.bytes.push(b' ');
                        self.together.bytes.push(b' ');
                    }
                }
            }
        }
    }
}
