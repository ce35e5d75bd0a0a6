/**
 * Usage plans: whose API key opens what, and how much of it. Knows no kind of API; counting is for
 * others.
 */
@NullMarked
package io.portico.gateway.execute.usageplan;

import org.jspecify.annotations.NullMarked;
