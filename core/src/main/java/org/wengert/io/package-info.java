/// Tensors in files: reading and writing formats that other frameworks know. Depends on tensors
/// alone.
@NullMarked
package org.wengert.io;

import org.jspecify.annotations.NullMarked;
