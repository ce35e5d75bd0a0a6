/** Servers that speak as AWS's services do, behind integrations: one of each for all tests. */
@NullMarked
package io.portico.conformance.counterparts;

import org.jspecify.annotations.NullMarked;
