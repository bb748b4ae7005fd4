//! Two halves of the work on one report at the same time: a long report waits half as long.

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
