/// Handwritten digits for the `Digits` example: painting them, reading MNIST, and showing results.
///
/// Nothing here needs an autograd, a font, a display or a library outside the JDK.
package org.wengert.examples.digits;
