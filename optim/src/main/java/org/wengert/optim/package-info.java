/// Optimizers and schedules.
@NullMarked
package org.wengert.optim;

import org.jspecify.annotations.NullMarked;
