/// Tensors in files: reading and writing formats that other frameworks know, and saving whole
/// trainings. Files are not trusted: they are checked before memory is taken, and nothing in them
/// is run. Depends on tensors alone.
@NullMarked
package org.wengert.io;

import org.jspecify.annotations.NullMarked;
