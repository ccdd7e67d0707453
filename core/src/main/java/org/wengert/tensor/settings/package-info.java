/// What the JVM's system properties say, for the library alone. They are listed in
/// `docs/how-to/set-properties.md`.
@NullMarked
package org.wengert.tensor.settings;

import org.jspecify.annotations.NullMarked;
