/// Training: the loop that is always the same, and what one wants to know while it runs.
///
/// The explicit loop stays the first way, see the guide; a trainer is the second, for those who
/// want validation, metrics, early stopping and checkpoints with it. What happens during a fit is
/// told to [Callback]s.
package org.wengert.train;
