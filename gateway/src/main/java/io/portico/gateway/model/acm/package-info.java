/** AWS Certificate Manager's records, as stored. */
@NullMarked
package io.portico.gateway.model.acm;

import org.jspecify.annotations.NullMarked;
