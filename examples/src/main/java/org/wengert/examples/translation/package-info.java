/// Dates in words and their translation into digits, for the example `Seq2Seq`.
package org.wengert.examples.translation;
