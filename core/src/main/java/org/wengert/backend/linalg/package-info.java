/// Factorisations of small matrices, as plain loops in `double`.
@NullMarked
package org.wengert.backend.linalg;

import org.jspecify.annotations.NullMarked;
