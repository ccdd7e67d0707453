/// Text as numbers, for the examples that learn to write: reading or making one, and cutting it to
/// pieces.
package org.wengert.examples.text;
