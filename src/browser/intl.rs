//! Dates, numbers and plurals in the publication's language: `Intl` in the browser, ICU on the host, the same words on both.

use jumpline_article::Language;

/// How much of a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// Day, month and year.
    Day,
    /// Month and year.
    Month,
    /// The year alone.
    Year,
}

/// The locale with its digits spelt out, since browsers disagree about the default digits of Arabic.
fn locale(language: Language) -> &'static str {
    match language {
        Language::English => "en-u-nu-latn",
        Language::German => "de-u-nu-latn",
        Language::Arabic => "ar-u-nu-arab",
    }
}

pub use platform::{date, moment, number, plural, relative};

#[cfg(target_arch = "wasm32")]
mod platform {
    use super::super::set_member;
    use super::{DateStyle, locale};
    use js_sys::{Array, Function, Intl, Object};
    use jumpline_article::Language;
    use std::cell::RefCell;
    use wasm_bindgen::JsValue;

    fn locales(language: Language) -> Array {
        Array::of1(&locale(language).into())
    }

    thread_local! {
        // A page speaks one language, and making a formatter takes longer than drawing a comment.
        static DATES: RefCell<[Option<Function>; 3]> = const { RefCell::new([const { None }; 3]) };
        static MOMENT: RefCell<Option<Function>> = const { RefCell::new(None) };
        static PLURAL: RefCell<Option<Intl::PluralRules>> = const { RefCell::new(None) };
        static RELATIVE: RefCell<[Option<Intl::RelativeTimeFormat>; 2]> = const { RefCell::new([None, None]) };
    }

    fn formatter(language: Language, all: &[(&str, &str)]) -> Function {
        let options = Object::new();
        for (name, value) in all {
            set_member(&options, name, &(*value).into());
        }
        Intl::DateTimeFormat::new(&locales(language), &options).format()
    }

    fn written(format: &Function, moment: &JsValue) -> String {
        format.call1(&JsValue::NULL, moment).ok().and_then(|it| it.as_string()).unwrap_or_default()
    }

    /// A civil date in words.
    pub fn date(language: Language, (year, month, day): (i32, u8, u8), style: DateStyle) -> String {
        let make = || {
            let options = [("timeZone", "UTC"), ("year", "numeric"), ("month", "long"), ("day", "numeric")];
            let count = match style {
                DateStyle::Year => 2,
                DateStyle::Month => 3,
                DateStyle::Day => 4,
            };
            formatter(language, &options[..count])
        };
        let moment = js_sys::Date::new(&js_sys::Date::utc(f64::from(year), f64::from(month) - 1.0).into());
        moment.set_utc_date(u32::from(day));
        let format = DATES.with_borrow_mut(|it| it[style as usize].get_or_insert_with(make).clone());
        written(&format, &moment)
    }

    /// Day and time of a moment (milliseconds since 1970) where the reader is.
    pub fn moment(language: Language, at: f64) -> String {
        let make = || formatter(language, &[("dateStyle", "long"), ("timeStyle", "short")]);
        let format = MOMENT.with_borrow_mut(|it| it.get_or_insert_with(make).clone());
        written(&format, &at.into())
    }

    /// How long ago that was, such as *3 hours ago*.
    pub fn relative(language: Language, seconds: f64) -> String {
        let steps = [
            (60.0, 1.0, "second"),
            (3600.0, 60.0, "minute"),
            (86_400.0, 3600.0, "hour"),
            (2_592_000.0, 86_400.0, "day"),
            (31_536_000.0, 2_592_000.0, "month"),
        ];
        let step = steps.into_iter().find(|it| seconds < it.0).unwrap_or((0.0, 31_536_000.0, "year"));
        let make = || {
            let options = Object::new();
            // Nobody says `0 seconds ago`; but 40 hours are no *yesterday*, nor 360 days *last year*.
            let numeric = if seconds < 1.0 { "auto" } else { "always" };
            set_member(&options, "numeric", &numeric.into());
            Intl::RelativeTimeFormat::new(&locales(language), &options)
        };
        let format = RELATIVE.with_borrow_mut(|it| it[usize::from(seconds < 1.0)].get_or_insert_with(make).clone());
        format.format(-(seconds / step.1).floor(), step.2).into()
    }

    /// A number with the language's digits and groups.
    pub fn number(language: Language, number: u32) -> String {
        // What has neither groups nor digits of its own need not wait for `Intl`.
        if number < 1000 && language != Language::Arabic {
            return number.to_string();
        }
        js_sys::Number::from(number).to_locale_string(locale(language)).into()
    }

    /// The CLDR plural category of a number.
    pub fn plural(language: Language, count: u32) -> String {
        let make = || Intl::PluralRules::new(&locales(language), &Object::new());
        let rules = PLURAL.with_borrow_mut(|it| it.get_or_insert_with(make).clone());
        rules.select(f64::from(count)).into()
    }
}

#[cfg(all(not(target_arch = "wasm32"), feature = "prerender"))]
mod platform {
    use super::{DateStyle, locale};
    use icu_calendar::Date;
    use icu_datetime::fieldsets::{Y, YM, YMD};
    use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
    use icu_decimal::{DecimalFormatter, options::DecimalFormatterOptions};
    use icu_locale_core::Locale;
    use icu_plurals::{PluralCategory, PluralRuleType, PluralRules};
    use jumpline_article::Language;

    fn icu_locale(language: Language) -> Locale {
        locale(language).parse().unwrap_or(Locale::UNKNOWN)
    }

    /// A civil date in words.
    pub fn date(language: Language, (year, month, day): (i32, u8, u8), style: DateStyle) -> String {
        let preferences = DateTimeFormatterPreferences::from(&icu_locale(language));
        let written = Date::try_new_iso(year, month, day).ok().and_then(|date| match style {
            DateStyle::Day => {
                Some(DateTimeFormatter::try_new(preferences, YMD::long()).ok()?.format(&date).to_string())
            }
            DateStyle::Month => {
                Some(DateTimeFormatter::try_new(preferences, YM::long()).ok()?.format(&date).to_string())
            }
            DateStyle::Year => Some(DateTimeFormatter::try_new(preferences, Y::long()).ok()?.format(&date).to_string()),
        });
        written.unwrap_or_else(|| format!("{year}-{month:02}-{day:02}"))
    }

    /// A number with the language's digits and groups.
    pub fn number(language: Language, number: u32) -> String {
        match DecimalFormatter::try_new((&icu_locale(language)).into(), DecimalFormatterOptions::default()) {
            Ok(formatter) => formatter.format(&number.into()).to_string(),
            Err(_) => number.to_string(),
        }
    }

    /// No page that is prerendered says what time it is where the reader is.
    pub fn moment(_: Language, _: f64) -> String {
        String::new()
    }

    /// Nor how long ago something was.
    pub fn relative(_: Language, _: f64) -> String {
        String::new()
    }

    /// The CLDR plural category of a number.
    pub fn plural(language: Language, count: u32) -> String {
        let rules = PluralRules::try_new((&icu_locale(language)).into(), PluralRuleType::Cardinal.into());
        let category = rules.map_or(PluralCategory::Other, |it| it.category_for(count));
        match category {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
        .to_owned()
    }
}

/// Without the prerender feature the host has no ICU: plain digits, which only a build that renders nothing sees.
#[cfg(all(not(target_arch = "wasm32"), not(feature = "prerender")))]
mod platform {
    use super::DateStyle;
    use jumpline_article::Language;

    /// A civil date as ISO 8601 writes it.
    pub fn date(_: Language, (year, month, day): (i32, u8, u8), _: DateStyle) -> String {
        format!("{year}-{month:02}-{day:02}")
    }

    /// A number in plain digits.
    pub fn number(_: Language, number: u32) -> String {
        number.to_string()
    }

    /// No page that is prerendered says what time it is where the reader is.
    pub fn moment(_: Language, _: f64) -> String {
        String::new()
    }

    /// Nor how long ago something was.
    pub fn relative(_: Language, _: f64) -> String {
        String::new()
    }

    /// Every number is "other".
    pub fn plural(_: Language, _: u32) -> String {
        "other".to_owned()
    }
}
