//! What the meanings of words come to: what each does in names of each kind, and its canonical form as a token.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::store::{Parts, column};
use super::{CANONICAL, Entry, Role, weigh};
use crate::tokens::{Class, Kind, Token};

/// Roles unpacked and canonical forms written out, once and not name by name: the same few stand in most names.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// Of each row of meanings, what it gives in names of the kinds of each column; row 0 gives nothing.
    roles: Vec<[Option<Role>; 3]>,
    tokens: Vec<Token>,
}

impl Forms {
    /// Those of meanings that were checked.
    pub(super) fn of(parts: &Parts) -> Self {
        let mut forms = Self::default();
        let mut numbers: FxHashMap<(u32, Class), u32> = FxHashMap::default();
        for meaning in &parts.meanings {
            let role = meaning.roles.map(|packed| {
                let mut role = Role::unpack(packed).unwrap_or_default()?;
                let Role { class, canonical, .. } = role;
                role.form = *numbers
                    .entry((canonical.0, class))
                    .or_insert_with(|| forms.add(parts, class, canonical));
                Some(role)
            });
            forms.roles.push(role);
        }
        forms
    }

    /// The number of one more.
    fn add(&mut self, parts: &Parts, class: Class, canonical: Entry) -> u32 {
        let text = CompactString::from(parts.text(canonical));
        let weight = weigh(parts.rarity(canonical), text.len(), class);
        self.tokens.push(Token { text, class, weight, number: CANONICAL | canonical.0 << 3 | class as u32 });
        u32::try_from(self.tokens.len() - 1).unwrap_or(u32::MAX)
    }

    /// What a row of meanings gives in names of a kind.
    pub(super) fn role(&self, row: u16, kind: Kind) -> Option<Role> {
        *self.roles.get(usize::from(row))?.get(column(kind))?
    }

    /// What stands in a name for a word that does something.
    pub(super) fn token(&self, role: Role) -> Token {
        self.tokens[role.form as usize].clone()
    }
}
