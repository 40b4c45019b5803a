//! What of a character counts when words are compared: case, accents, apostrophes and soft hyphens do not.

use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use std::sync::LazyLock;

/// What a character is to a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    /// It ends a word.
    Between,
    /// It changes nothing: a mark on a letter, an apostrophe, a soft hyphen.
    Nothing,
    /// A letter or digit, as it is compared.
    Letter(char),
    /// A letter of a script without spaces: a word of its own.
    Word(char),
    /// Several letters in one, such as a ligature.
    Letters,
}

/// Most letters are in the first plane, and its table is 512 kB.
static PLANE: LazyLock<Vec<Fold>> =
    LazyLock::new(|| (0..0x1_0000).map(|it| char::from_u32(it).map_or(Fold::Between, work_out)).collect());

/// What a character is to a word.
pub(super) fn fold(it: char) -> Fold {
    PLANE.get(it as usize).copied().unwrap_or_else(|| work_out(it))
}

/// The letters of [`Fold::Letters`].
pub(super) fn letters(it: char) -> impl Iterator<Item = char> {
    let whole = DecomposingNormalizerBorrowed::new_nfkd().normalize(it.encode_utf8(&mut [0; 4])).into_owned();
    let lower: Vec<char> = whole.chars().flat_map(char::to_lowercase).filter(|it| counts(*it)).collect();
    lower.into_iter()
}

fn work_out(it: char) -> Fold {
    if is_nothing(it) {
        return Fold::Nothing;
    }
    if !it.is_alphanumeric() {
        return Fold::Between;
    }
    let mut folded = letters(it);
    match (folded.next(), folded.next()) {
        (None, _) => Fold::Between,
        (Some(letter), None) if is_unspaced(letter) => Fold::Word(letter),
        (Some(letter), None) => Fold::Letter(letter),
        _ => Fold::Letters,
    }
}

fn counts(it: char) -> bool {
    !is_nothing(it) && it.is_alphanumeric()
}

fn is_nothing(it: char) -> bool {
    // Apostrophes are typed in several ways and set in others; zero-width characters only steer line breaks.
    matches!(
        it,
        '\'' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{ff07}' | '\u{ad}' | '\u{200b}'
            ..='\u{200f}' | '\u{2060}' | '\u{feff}'
    ) || matches!(
        CodePointMapData::<GeneralCategory>::new().get(it),
        GeneralCategory::NonspacingMark | GeneralCategory::SpacingMark | GeneralCategory::EnclosingMark
    )
}

/// Chinese, Japanese, Thai, Lao, Burmese and Khmer are written without spaces. Nothing but a dictionary finds their words.
fn is_unspaced(it: char) -> bool {
    matches!(it,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
