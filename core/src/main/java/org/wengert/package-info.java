/// Variables that record operations as they happen, the operations themselves, and the sweep that
/// turns the record into gradients.
@NullMarked
package org.wengert;

import org.jspecify.annotations.NullMarked;
