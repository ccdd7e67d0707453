/// The kernels that compute numbers, behind one interface, and what is needed to use them or to
/// write a backend: [Expr] and [Kernel] for functions of elements, [Program] and [LoopCompiler] for
/// who compiles them, [Workers] for loops on several threads. Knows tensors, nothing of gradients.
///
/// How kernels work is in packages that are not exported, all of which know this one: `plain` has
/// the loops that specify every result, `vector` the same in vector registers, `loop` compiles
/// expressions, `linalg` factors matrices; `special` has functions of one number, known here.
@NullMarked
package org.wengert.backend;

import org.jspecify.annotations.NullMarked;
