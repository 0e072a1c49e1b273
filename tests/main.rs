//! The one integration binary: a file per theme. `README.md` beside this file says which and why.

mod architecture;
mod bad_input;
mod books;
mod catalogues;
mod crashes;
mod manners;
mod office;
mod rehearsal;
mod screen;
mod shapes;
mod together;
