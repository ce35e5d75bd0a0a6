/** Rules that hold for the whole module. */
@NullMarked
package io.portico.gateway;

import org.jspecify.annotations.NullMarked;
