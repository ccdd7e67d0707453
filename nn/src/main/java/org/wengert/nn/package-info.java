/// Layers, modules and losses.
@NullMarked
package org.wengert.nn;

import org.jspecify.annotations.NullMarked;
