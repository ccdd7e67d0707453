/// Tests gradients: analytic ones against finite differences, of first and second order.
@NullMarked
package org.wengert.check;

import org.jspecify.annotations.NullMarked;
