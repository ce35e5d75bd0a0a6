@NullMarked
package io.portico.gateway.x509;

import org.jspecify.annotations.NullMarked;
