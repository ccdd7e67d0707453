/// Layers, modules and losses, under PyTorch's names, with its defaults and its state dict keys.
///
/// A [Layer] is a function; a [org.wengert.nn.Module] is a layer with parameters, which it finds in
/// its own fields; a [Loss] says how wrong an output is. A program that names `Module` imports it
/// by name, because `java.lang` has one, too:
///
/// ```java
/// import org.wengert.nn.*;
/// import org.wengert.nn.Module;
/// ```
@NullMarked
package org.wengert.nn;

import org.jspecify.annotations.NullMarked;
