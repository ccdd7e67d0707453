/// Drawing with a pen, without fonts: strokes, glyphs and how dark they make a pixel. Not for users
/// of the module.
package org.wengert.train.ink;
