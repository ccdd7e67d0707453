package org.wengert.examples.digits;

/// Images to learn from, and other images to measure what was learned.
///
/// @param train the images to learn from
/// @param test images that training never sees
public record DigitSplit(DigitImages train, DigitImages test) {}
