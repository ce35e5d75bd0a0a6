@NullMarked
package io.portico.gateway.execute.authorizer;

import org.jspecify.annotations.NullMarked;
