//! Two halves of the work on one report at the same time: a long report waits half as long.

use std::sync::mpsc;

/// Texts shorter than this are done before a thread has started.
const SHORT: usize = 32 << 10;

/// Does `other` on a thread of its own while it does `own`, where the work is on a text of so many bytes that it pays.
pub(crate) fn beside<A, B: Send>(
    bytes: usize,
    own: impl FnOnce() -> A,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if bytes < SHORT {
        return (own(), other());
    }
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let own = own();
        (own, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// As [`beside`], but `own` is handed `items` that the other thread makes ahead of it before it goes on to `other`.
pub(crate) fn ahead<T: Send, A, B: Send>(
    bytes: usize,
    mut items: impl Iterator<Item = T> + Send,
    own: impl FnOnce(&mut dyn Iterator<Item = T>) -> A,
    other: impl FnOnce() -> B + Send,
) -> (A, B) {
    if bytes < SHORT {
        return (own(&mut items), other());
    }
    let (send, receive) = mpsc::channel();
    beside(
        bytes,
        || own(&mut receive.into_iter()),
        move || {
            // nobody takes them if `own` has ended early
            let _ = items.try_for_each(|item| send.send(item));
            drop(send);
            other()
        },
    )
}
