/// Numbers with a shape: tensors, shapes, element types, random numbers. Depends on `java.base`
/// alone and knows nothing of gradients.
@NullMarked
package org.wengert.tensor;

import org.jspecify.annotations.NullMarked;
