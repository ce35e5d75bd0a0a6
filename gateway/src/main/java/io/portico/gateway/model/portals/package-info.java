/** Records of portals and their products, as stored, with AWS's member names. */
@NullMarked
package io.portico.gateway.model.portals;

import org.jspecify.annotations.NullMarked;
