/// Files on their way into a model: each reader gives a [org.wengert.train.data.Dataset], and where
/// the file is a stream, also a way to walk it without holding it.
///
/// Files are not trusted. What they declare is checked before memory is taken for it, nothing is
/// unpacked beyond what was declared, and whatever is damaged becomes a
/// [org.wengert.io.FileFormatException] that names the file and the place in it, what was found
/// there, and what was expected. Trouble with the disk is an `IOException`.
package org.wengert.train.read;
