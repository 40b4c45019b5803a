//! Tiers of a Ghost site as `publication.toml` has them, with the price of a month.

use super::export::Export;
use super::format::{Product, StripePrice};
use crate::import::text;
use jumpline_article::{Slug, Tier};
use std::collections::BTreeSet;

/// Currencies that have no smaller unit (Stripe, "Zero-decimal currencies").
const WHOLE: &[&str] =
    &["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf"];

/// Signs of currencies that everybody knows them by.
const SIGNS: &[(&str, &str)] = &[("eur", "€"), ("gbp", "£"), ("inr", "₹"), ("jpy", "¥"), ("usd", "$")];

/// Tiers that are sold, and those that articles need besides.
pub(super) fn all(export: &Export, needed: &BTreeSet<Slug>) -> Vec<Tier> {
    let wanted = |it: &&Product| needed.contains(&it.tier()) || it.active.get().is_none() || it.active.is_yes();
    let paid = export.products.iter().filter(|it| !it.is_free()).filter(wanted);
    let mut tiers: Vec<Tier> = Vec::new();
    for product in paid {
        let name = product.tier();
        if !tiers.iter().any(|it| it.name == name) {
            let (price, period) = price(product);
            let title = text::plain(product.name.as_str());
            let title = if title.is_empty() { name.to_string() } else { title };
            tiers.push(Tier { name, title, price, period, benefits: export.benefits(&product.id), url: None });
        }
    }
    tiers
}

/// Gives tiers that have their prices elsewhere, as in Ghost 4, those prices.
pub(super) fn priced(mut products: Vec<Product>, prices: &[StripePrice]) -> Vec<Product> {
    for product in &mut products {
        let Product { monthly_price, yearly_price, currency, .. } = product;
        for (price, id) in [(monthly_price, &product.monthly_price_id), (yearly_price, &product.yearly_price_id)] {
            let named = prices.iter().find(|it| id.get().is_some() && it.id == *id).filter(|_| price.get().is_none());
            if let Some(named) = named {
                *price = named.amount.clone();
                *currency = named.currency.clone();
            }
        }
    }
    products
}

fn price(product: &Product) -> (String, String) {
    let currency = product.currency.as_str();
    let amount = |it: &str| it.parse::<u64>().ok().filter(|it| *it > 0);
    match (amount(product.monthly_price.as_str()), amount(product.yearly_price.as_str())) {
        (Some(month), _) => (money(month, currency), "a month".to_owned()),
        (None, Some(year)) => (money(year, currency), "a year".to_owned()),
        (None, None) => (String::new(), String::new()),
    }
}

/// What a year costs, where a month has a price of its own.
pub(super) fn yearly(product: &Product) -> Option<String> {
    let year = product.yearly_price.as_str().parse().ok().filter(|it| *it > 0)?;
    product.monthly_price.get().filter(|it| *it != "0").map(|_| money(year, product.currency.as_str()))
}

fn money(amount: u64, currency: &str) -> String {
    let code = currency.to_ascii_lowercase();
    let number = match amount % 100 {
        _ if WHOLE.contains(&code.as_str()) => amount.to_string(),
        0 => (amount / 100).to_string(),
        cents => format!("{}.{cents:02}", amount / 100),
    };
    match SIGNS.iter().find(|it| it.0 == code) {
        Some((_, sign)) => format!("{sign}{number}"),
        None => format!("{} {number}", code.to_ascii_uppercase()).trim_start().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_may_stand_elsewhere() {
        let products: Vec<Product> =
            serde_json::from_str(r#"[{"id":"1","monthly_price_id":"m","yearly_price_id":"gone"},{"id":"2"}]"#)
                .expect("is JSON");
        let prices: Vec<StripePrice> =
            serde_json::from_str(r#"[{"id":"m","currency":"usd","amount":500},{"id":"","amount":1}]"#)
                .expect("is JSON");
        let priced = priced(products, &prices);
        assert_eq!(price(&priced[0]), ("$5".to_owned(), "a month".to_owned()));
        assert_eq!(price(&priced[1]), (String::new(), String::new()));
    }

    #[test]
    fn money_is_written_as_people_do() {
        for (amount, currency, text) in
            [(500, "usd", "$5"), (550, "EUR", "€5.50"), (705, "chf", "CHF 7.05"), (500, "jpy", "¥500"), (500, "", "5")]
        {
            assert_eq!(money(amount, currency), text);
        }
    }
}
