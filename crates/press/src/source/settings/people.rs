//! Who signs, and the form that takes readers' addresses.

use super::Check;
use jumpline_article::Publication;
use jumpline_article::plan::{Form, Provider};

const FORM: [&str; 3] = ["subscribe", "provider", "form"];

impl Check<'_> {
    pub(super) fn authors(&mut self, publication: &Publication) {
        let names: Vec<&str> = publication.authors.iter().map(|it| it.name.trim()).collect();
        for at in (0..names.len()).filter(|it| names[*it].is_empty()) {
            self.fault(&["authors".into(), at.into(), "name".into()], "is empty; write the name as bylines print it");
        }
        if !names.contains(&"") {
            self.once("authors", "name", names.into_iter(), "author");
        }
    }

    /// Two fields of one name are two answers to one question: the service takes either, and the address may be the one it drops.
    pub(super) fn form(&mut self, publication: &Publication) {
        let Provider::Form(Form { email, honeypot, fields, .. }) = &publication.subscribe.provider else { return };
        if email.trim().is_empty() {
            self.form_fault(&["email"], "is empty; write the name of the field that takes the address, such as EMAIL");
            return;
        }
        if let Some(trap) = honeypot {
            if trap.trim().is_empty() {
                self.form_fault(&["honeypot"], "is empty; write the name of the hidden field, or remove this line");
            } else if trap == email {
                let message = format!("`{trap}` is the field of the address, so every address would be sent empty");
                self.form_fault(&["honeypot"], &format!("{message}; write the name of the hidden field"));
            } else if fields.contains_key(trap) {
                let message = format!("`{trap}` stands in `fields` too; it is sent empty, so take it out there");
                self.form_fault(&["honeypot"], &message);
            }
        }
        if fields.contains_key(email) {
            let message = format!("`{email}` is the field of the address, which readers fill in; take it out of here");
            self.form_fault(&["fields", email], &message);
        }
        if fields.keys().any(|it| it.trim().is_empty()) {
            self.form_fault(&["fields"], "has a field without a name; name it, or remove it");
        }
    }

    fn form_fault(&mut self, path: &[&str], message: &str) {
        let steps: Vec<_> = FORM.iter().chain(path).map(|it| (*it).into()).collect();
        self.fault(&steps, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::faults;

    #[test]
    fn a_form_that_would_lose_addresses_is_refused() {
        let form = |more: &str| faults(&format!("[subscribe.provider.form]\nurl = \"https://l.example/\"\n{more}"));
        for (more, said) in [
            ("email = \"\"", "p.toml:5:9: field `subscribe.provider.form.email`: is empty"),
            ("honeypot = \"email\"", "p.toml:5:12: field `subscribe.provider.form.honeypot`: `email` is the field"),
            ("honeypot = \"\"", "p.toml:5:12: field `subscribe.provider.form.honeypot`: is empty"),
            (
                "honeypot = \"b\"\nfields = { b = \"1\" }",
                "p.toml:5:12: field `subscribe.provider.form.honeypot`: `b` stands in `fields` too",
            ),
            (
                "email = \"E\"\nfields = { a = \"1\", E = \"x\" }",
                "p.toml:6:25: field `subscribe.provider.form.fields.E`: `E` is the field of the address",
            ),
            ("fields = { \"\" = \"1\" }", "p.toml:5:10: field `subscribe.provider.form.fields`: has a field without"),
        ] {
            let found = form(more);
            assert!(found.len() == 1 && found[0].starts_with(said), "{found:?} should say {said}");
        }
        assert_eq!(form("email = \"E\"\nhoneypot = \"b\"\nfields = { list = \"1\" }"), [""; 0]);
    }

    #[test]
    fn authors_have_a_name_of_their_own() {
        assert_eq!(
            faults("[[authors]]\nname = \"Ann\"\n[[authors]]\nname = \"Ann\""),
            ["p.toml:6:8: field `authors[1].name`: line 4 has an author `Ann` already; give one of them another name"]
        );
        assert_eq!(
            faults("[[authors]]\nname = \" \""),
            ["p.toml:4:8: field `authors[0].name`: is empty; write the name as bylines print it"]
        );
    }
}
