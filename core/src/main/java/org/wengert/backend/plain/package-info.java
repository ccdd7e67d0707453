/// The kernels as plain loops: the specification that every backend agrees with bit for bit, and
/// what a backend falls back on. [ScalarBackend] names them all.
@NullMarked
package org.wengert.backend.plain;

import org.jspecify.annotations.NullMarked;
