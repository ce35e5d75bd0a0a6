/** Who calls, and may he: methods behind each kind of authorizer, called as clients call them. */
@NullMarked
package io.portico.gateway.execute.authorizer;

import org.jspecify.annotations.NullMarked;
