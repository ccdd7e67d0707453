/// Drawing for the examples, without fonts, a display or a library.
package org.wengert.examples.drawing;
