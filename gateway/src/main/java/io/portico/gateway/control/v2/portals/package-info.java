/**
 * Portals: web pages that show APIs to those who are to call them. What is configured of them is
 * kept; nobody serves the pages.
 */
@NullMarked
package io.portico.gateway.control.v2.portals;

import org.jspecify.annotations.NullMarked;
