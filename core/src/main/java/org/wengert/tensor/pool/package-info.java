/// Recycling of arrays, for the engine only: not exported, since an array that is given away while
/// somebody still sees it makes results silently wrong. What may be given away, and why, is in
/// decision 0026.
@NullMarked
package org.wengert.tensor.pool;

import org.jspecify.annotations.NullMarked;
