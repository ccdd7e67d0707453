package org.wengert.golden;

import org.jspecify.annotations.Nullable;

/// Python's `from:to:step`; what was left out is null.
record Stride(@Nullable Long from, @Nullable Long to, @Nullable Long step) {}
