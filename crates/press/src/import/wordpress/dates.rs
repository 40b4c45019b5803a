//! Dates of an export: with the site's own offset where it can be known, and with a way out where there is none.

use jumpline_article::Date;

/// A date, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The date.
    pub(super) date: Date,
    /// What had to be taken instead of the date of publication.
    pub(super) instead: Option<&'static str>,
}

/// The dates that an item carries, as text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Dates<'a> {
    pub(super) local: &'a str,
    pub(super) gmt: &'a str,
    pub(super) published: &'a str,
    pub(super) modified: &'a str,
    pub(super) modified_gmt: &'a str,
    pub(super) path: &'a str,
}

/// When it was published. `None` when nothing in the item tells.
pub(super) fn published(dates: Dates<'_>) -> Option<Found> {
    let found = |date, instead| Some(Found { date, instead });
    if let Some(date) = moment(dates.local, dates.gmt) {
        return found(date, None);
    }
    if let Some(date) = rfc2822(dates.published) {
        return found(date, Some("has no `post_date`; `pubDate` was taken"));
    }
    if let Some(date) = moment(dates.modified, dates.modified_gmt) {
        return found(date, Some("has no date; that of its last change was taken"));
    }
    if let Some(date) = from_path(dates.path) {
        return found(date, Some("has no date; that of its address was taken"));
    }
    None
}

/// When it was last changed, if that was later than its publication.
pub(super) fn updated(dates: Dates<'_>, published: &Date) -> Option<Date> {
    moment(dates.modified, dates.modified_gmt).filter(|it| it.unix() > published.unix())
}

/// A local time and the same in UTC, as WordPress stores them: the difference is the offset.
pub(super) fn moment(local: &str, gmt: &str) -> Option<Date> {
    match (utc(local), utc(gmt)) {
        (Some(local_time), Some(gmt)) => {
            let minutes = (local_time.unix() - gmt.unix()).div_euclid(60);
            let plausible = minutes.abs() <= 14 * 60 && minutes % 15 == 0 && minutes != 0;
            let offset =
                format!("{}{:02}:{:02}", if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60);
            let zoned = Date::parse(&format!("{}{offset}", local_time.as_str().trim_end_matches('Z')));
            zoned.filter(|it| plausible && it.unix() == gmt.unix()).or(Some(gmt))
        }
        (local, gmt) => gmt.or(local),
    }
}

/// `2025-02-18 15:30:00`, taken as UTC. `0000-00-00 00:00:00` is WordPress for none.
fn utc(text: &str) -> Option<Date> {
    Date::parse(&format!("{}Z", text.trim().replace(' ', "T"))).filter(|it| it.civil().0 > 0)
}

/// `Tue, 18 Feb 2025 15:30:00 +0000`.
pub(super) fn rfc2822(text: &str) -> Option<Date> {
    let moment = jiff::fmt::rfc2822::parse(text.trim()).ok()?;
    // WordPress writes the year -1 where it has no date.
    (moment.year() > 1900).then(|| Date::parse(&moment.timestamp().to_string())).flatten()
}

/// `/2025/02/18/slug/`, also below a path of the blog's own.
fn from_path(path: &str) -> Option<Date> {
    let digits = |it: &&str, count: usize| it.len() == count && it.bytes().all(|it| it.is_ascii_digit());
    let steps: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    let year = steps.iter().position(|it| digits(it, 4))?;
    let day = steps.get(year + 2).filter(|it| digits(it, 2)).unwrap_or(&"01");
    Date::parse(&format!("{}-{}-{day}T00:00:00Z", steps[year], steps.get(year + 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_of_the_site_is_kept() {
        let text = |local, gmt| moment(local, gmt).map(String::from);
        for (local, gmt, date) in [
            ("2031-04-01 06:00:00", "2031-04-01 05:00:00", "2031-04-01T06:00:00+01:00"),
            ("2025-02-18 15:30:00", "2025-02-18 15:30:00", "2025-02-18T15:30:00Z"),
            ("2025-02-18 05:00:00", "2025-02-18 10:30:00", "2025-02-18T05:00:00-05:30"),
            ("2025-02-18 05:00:00", "2025-02-10 10:30:00", "2025-02-10T10:30:00Z"),
            ("2025-02-18 05:00:00", "0000-00-00 00:00:00", "2025-02-18T05:00:00Z"),
            ("0000-00-00 00:00:00", "2025-02-18 05:00:00", "2025-02-18T05:00:00Z"),
        ] {
            assert_eq!(text(local, gmt), Some(date.to_owned()), "{local} {gmt}");
        }
        assert_eq!(text("", "0000-00-00 00:00:00"), None);
        assert_eq!(text("2025-02-31 00:00:00", "soon"), None);
    }

    #[test]
    fn there_is_a_way_out() {
        let date = |dates| published(dates).map(|it| (String::from(it.date), it.instead.is_some()));
        let none = Dates { local: "0000-00-00 00:00:00", gmt: "0000-00-00 00:00:00", ..Dates::default() };
        assert_eq!(date(none), None);
        assert_eq!(date(Dates { published: "Wed, 30 Nov -0001 00:00:00 +0000", ..none }), None);
        for dates in [
            Dates { published: "Tue, 18 Feb 2025 00:00:00 +0000", ..none },
            Dates { modified_gmt: "2025-02-18 00:00:00", ..none },
            Dates { path: "/blog/2025/02/18/slug/", ..none },
        ] {
            assert_eq!(date(dates), Some(("2025-02-18T00:00:00Z".to_owned(), true)));
        }
        assert_eq!(
            date(Dates { path: "/2025/02/slug/", ..none }).map(|it| it.0),
            Some("2025-02-01T00:00:00Z".to_owned())
        );
    }
}
