//! Lists, maps, structs and variants of a tree, piece by piece.

use super::{Misfit, Tree};
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use std::vec::IntoIter;

/// The values of a list.
pub(super) struct Items(pub(super) IntoIter<Tree>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.0.next().map(|it| seed.deserialize(it)).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// A map: each key, and then its value.
pub(super) struct Entries {
    pub(super) entries: IntoIter<(String, Tree)>,
    pub(super) value: Tree,
}

impl Entries {
    #[inline(never)]
    fn key(&mut self) -> Option<Tree> {
        let (key, value) = self.entries.next()?;
        self.value = value;
        Some(Tree::Text(key))
    }

    #[inline(never)]
    fn value(&mut self) -> Tree {
        std::mem::replace(&mut self.value, Tree::Nothing)
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        self.key().map(|it| seed.deserialize(it)).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        seed.deserialize(self.value())
    }
}

/// The values of a struct, in the order of its fields: the code that serde derives for lists is a third of the code for maps.
pub(super) struct Fields {
    pub(super) map: IntoIter<Option<Tree>>,
}

impl<'de> SeqAccess<'de> for Fields {
    type Error = Misfit;

    /// `None` for a field that is not there, which the struct then fills by its default, or not.
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.map.next().flatten().map(|it| seed.deserialize(it)).transpose()
    }
}

/// A variant of an enum, and what it holds.
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) value: Tree,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Misfit;
    type Variant = Tree;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Tree), Misfit> {
        Ok((seed.deserialize(Tree::Text(self.name))?, self.value))
    }
}

impl<'de> VariantAccess<'de> for Tree {
    type Error = Misfit;

    fn unit_variant(self) -> Result<(), Misfit> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Misfit> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_seq(self.list()?)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_map(self.map()?)
    }
}
