/// Kernels in the JDK's Vector API: the same numbers as the plain loops, bit for bit, sooner.
@NullMarked
package org.wengert.backend.vector;

import org.jspecify.annotations.NullMarked;
