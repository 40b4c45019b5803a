//! The publisher's secret: 32 bytes that everything else is derived from.

use super::private::private;
use anyhow::{Context as _, bail};
use hkdf::Hkdf;
use jumpline_article::wall::Bytes;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::fs;
use std::path::Path;
use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

/// What the line begins with, so that who finds it knows what it is.
pub(crate) const PREFIX: &str = "jumpline-secret-1.";
/// Bytes of the check at its end.
const CHECK: usize = 4;

/// The publisher's secret. Never written anywhere but into its file.
#[derive(Clone, PartialEq, Eq, ZeroizeOnDrop)]
pub struct Secret([u8; 32]);

/// How many bytes, and nothing else: it stays out of logs.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(32 bytes)")
    }
}

impl From<[u8; 32]> for Secret {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl Secret {
    /// A new one, from the system's random generator.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn random() -> anyhow::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).context("the system gives no random numbers")?;
        Ok(Self(bytes))
    }

    /// The bytes themselves.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A key for one purpose.
    pub fn derive(&self, label: &str) -> [u8; 32] {
        derive(&self.0, label)
    }

    /// The line of its file.
    pub fn line(&self) -> Zeroizing<String> {
        let whole = Bytes([self.0.as_slice(), &check(&self.0)].concat());
        Zeroizing::new(format!("{PREFIX}{whole}"))
    }

    /// Reads the line of its file; white space around it is passed over.
    pub fn parse(line: &str) -> Option<Self> {
        let bytes = Zeroizing::new(Bytes::parse(line.trim().strip_prefix(PREFIX)?)?.0);
        let mut secret: [u8; 32] = bytes.get(..32)?.try_into().ok()?;
        let sound = bytes[32..] == check(&secret);
        let read = sound.then(|| Self(secret));
        secret.zeroize();
        read
    }

    /// Reads its file.
    ///
    /// # Errors
    /// When it cannot be read, others may read it, or it is damaged.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display();
        private(path)?;
        let text = Zeroizing::new(fs::read_to_string(path).with_context(|| format!("{name}: cannot be read"))?);
        match Self::parse(&text) {
            Some(secret) => Ok(secret),
            None => bail!(
                "{name}: is damaged; it holds one line that begins with {PREFIX}. Put your backup of it back: another secret would \
                 close every pass that was sent out"
            ),
        }
    }
}

/// HKDF-SHA256 with an empty salt.
pub fn derive(key: &[u8], label: &str) -> [u8; 32] {
    let mut derived = [0; 32];
    expand(key, label, &mut derived);
    derived
}

/// HKDF-SHA256 with an empty salt, as long as `derived`.
pub(super) fn expand(key: &[u8], label: &str, derived: &mut [u8]) {
    // Only more than 255 blocks are refused.
    let _ = Hkdf::<Sha256>::new(None, key).expand(label.as_bytes(), derived);
}

fn check(secret: &[u8; 32]) -> [u8; CHECK] {
    let digest = Sha256::new().chain_update(PREFIX).chain_update(secret).finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_as_it_is_written() {
        let secret = Secret::from([7; 32]);
        let line = secret.line();
        assert_eq!(Secret::parse(&format!(" {}\n", *line)), Some(secret));
        for text in
            ["", "jumpline-secret-1.", &line[..60], &line.replacen(".Bw", ".Bx", 1), &line.replacen('1', "2", 1)]
        {
            assert_eq!(Secret::parse(text), None, "{text}");
        }
    }

    #[test]
    fn keys_are_derived_as_rfc_5869_says() {
        // Appendix A.3: SHA-256 with a salt and an info of no length.
        let mut derived = [0; 42];
        expand(&[0x0b; 22], "", &mut derived);
        assert_eq!(
            derived.iter().map(|it| format!("{it:02x}")).collect::<String>(),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        );
    }

    #[test]
    fn a_secret_does_not_show_itself() {
        assert_eq!(format!("{:?}", Secret::from([7; 32])), "Secret(32 bytes)");
    }
}
