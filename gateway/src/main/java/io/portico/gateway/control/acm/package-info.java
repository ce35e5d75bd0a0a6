/**
 * AWS Certificate Manager: certificates that are imported, or issued at once by an authority of
 * Portico's own. One class a family, one method an operation.
 */
@NullMarked
package io.portico.gateway.control.acm;

import org.jspecify.annotations.NullMarked;
