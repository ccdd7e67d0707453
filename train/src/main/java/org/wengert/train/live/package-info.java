/// A fit as a page: [LivePage] while it runs, [Report] afterwards. Both are the same page, with its
/// data inside or sent to it; neither fetches anything from elsewhere.
package org.wengert.train.live;
