//! What a known word does in a name, packed into one number.

use super::Entry;
use crate::tokens::Class;

/// Where in a name a word has its role; elsewhere it is a name like any other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Scope {
    Anywhere = 0,
    /// Before all names: Captain, MV.
    Prefix = 1,
    /// After all names: Junior, Esquire.
    Suffix = 2,
    /// Between names: `do`, `le`, which in other languages are names themselves.
    Inner = 3,
    /// First, last or beside another legal form: AS, SE, NV.
    Edge = 4,
    /// Not last: al, von.
    Before = 5,
}

const SCOPES: [Scope; 6] =
    [Scope::Anywhere, Scope::Prefix, Scope::Suffix, Scope::Inner, Scope::Edge, Scope::Before];

const CLASSES: [Class; 7] = [
    Class::Plain,
    Class::Generic,
    Class::Legal,
    Class::Title,
    Class::Particle,
    Class::Initial,
    Class::Number,
];

/// A class, a scope, and the entry whose text is the canonical form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Role {
    pub(crate) class: Class,
    pub(crate) scope: Scope,
    /// The number of its form as a token, once that has one; not packed.
    pub(super) form: u32,
    pub(crate) canonical: Entry,
}

impl Role {
    /// Entries are numbered below this.
    pub(crate) const ENTRIES: u32 = 1 << 24;

    /// Whether it is that of a general word or a legal form wherever it stands.
    pub(super) fn is_general(self) -> bool {
        matches!(self.class, Class::Generic | Class::Legal) && self.scope == Scope::Anywhere
    }

    pub(crate) fn pack(self) -> u32 {
        (self.canonical.0 << 8) | ((self.scope as u32) << 4) | (self.class as u32 + 1)
    }

    /// None for 0, which is no role; an error for numbers that no role packs to.
    pub(crate) fn unpack(packed: u32) -> Result<Option<Self>, String> {
        if packed == 0 {
            return Ok(None);
        }
        let class = (packed & 0xf).checked_sub(1).and_then(|class| CLASSES.get(class as usize));
        let scope = SCOPES.get((packed >> 4 & 0xf) as usize);
        match (class, scope) {
            (Some(&class), Some(&scope)) => {
                Ok(Some(Self { class, scope, form: 0, canonical: Entry(packed >> 8) }))
            }
            _ => Err(format!("the lexicon holds a role that this engine does not know: {packed:#x}")),
        }
    }
}
