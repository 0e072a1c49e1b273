//! What a declaration becomes: the struct with its documentation, the list of its fields, and the variant of [`Row`].
//!
//! A line is `CODE NAME: TYPE = SHAPE, MARK;` with what it says below it. `derived` marks what rules and the fold set;
//! `by` names the commands that alone set a field.
//!
//! [`Row`]: super::Row

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($code:literal $field:ident: $type:ty = $shape:expr $(, $mark:ident $($command:literal)?)?; $(#[doc = $fdoc:literal])+)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
            pub struct $name { $($(#[doc = $fdoc])+ pub $field: $type,)+ }

            impl $name {
                /// The declared fields, in the order in which they are shown.
                pub const FIELDS: &'static [FieldInfo] = &[$(FieldInfo {
                    code: $code,
                    name: stringify!($field),
                    shape: $shape,
                    derived: records!(@derived $($mark)?),
                    command: records!(@command $($($command)?)?),
                }),+];

                pub(super) fn slot(&self, code: u8) -> Option<&dyn Slot> {
                    match code { $($code => Some(&self.$field),)+ _ => None }
                }

                pub(super) fn slot_mut(&mut self, code: u8) -> Option<&mut dyn Slot> {
                    match code { $($code => Some(&mut self.$field),)+ _ => None }
                }
            }

            impl From<$name> for Row {
                fn from(record: $name) -> Row { Row::$name(record) }
            }

            impl TryFrom<Row> for $name {
                type Error = Row;
                fn try_from(row: Row) -> Result<$name, Row> {
                    match row { Row::$name(record) => Ok(record), other => Err(other) }
                }
            }
        )+

        /// A record of any kind. Rows are projections: their stored form changes with the program.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[allow(clippy::large_enum_variant)] // rows live for a moment, one at a time
        pub enum Row { $($(#[$doc])* $name($name),)+ }

        impl Row {
            /// An empty record of the kind.
            pub fn blank(kind: Kind) -> Row {
                match kind { $(Kind::$name => Row::$name($name::default()),)+ }
            }

            pub(super) fn slot(&self, code: u8) -> Option<&dyn Slot> {
                match self { $(Row::$name(record) => record.slot(code),)+ }
            }

            pub(super) fn slot_mut(&mut self, code: u8) -> Option<&mut dyn Slot> {
                match self { $(Row::$name(record) => record.slot_mut(code),)+ }
            }

            /// Its kind.
            pub fn kind(&self) -> Kind {
                match self { $(Row::$name(_) => Kind::$name,)+ }
            }
        }

        impl Kind {
            /// The declared fields of the kind, in the order in which they are shown.
            pub fn fields(self) -> &'static [FieldInfo] {
                match self { $(Kind::$name => $name::FIELDS,)+ }
            }
        }
    };
    (@derived derived) => { true };
    (@derived $($by:ident)?) => { false };
    (@command $command:literal) => { Some($command) };
    (@command) => { None };
}
