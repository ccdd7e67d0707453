/// The kernels that compute numbers, behind one interface. Knows tensors, nothing of gradients.
@NullMarked
package org.wengert.backend;

import org.jspecify.annotations.NullMarked;
