/// From programs to classes: loops written with the JDK's Class-File API, in plain Java, and the
/// parts of them that other backends replace. Knows expressions and programs, which do not know it.
@NullMarked
package org.wengert.backend.loop;

import org.jspecify.annotations.NullMarked;
