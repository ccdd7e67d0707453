/// The code of the pages in `docs/guide`: each region stands there word for word, with what it
/// prints, and a test compares both.
package org.wengert.examples.guide;
