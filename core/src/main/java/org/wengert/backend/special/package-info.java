/// Functions of one number that neither the JDK nor an expression has, in `double`. Knows nothing.
@NullMarked
package org.wengert.backend.special;

import org.jspecify.annotations.NullMarked;
