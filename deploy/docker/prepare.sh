#!/bin/sh
# Makes what compose.yaml needs and no image can hold, where it is missing: secrets, and a certificate of an authority of
# your own. Usage: sh deploy/docker/prepare.sh papel.school.example [192.168.1.10]
#
# Nothing that is there is overwritten: put a certificate of a public authority into tls-certificate and tls-key, and it stays.
set -eu
[ $# -ge 1 ] || { echo "Usage: $0 name-of-this-machine [its address]" >&2; exit 64; }
name=$1
alternatives="DNS:$name"
[ $# -lt 2 ] || alternatives="$alternatives,IP:$2"

folder=${PAPEL_SECRETS_FOLDER:-$(dirname "$0")/secrets}
mkdir -p "$folder"
# The folder keeps others out. Containers run as users of their own, who have to read the files.
chmod 700 "$folder"
umask 022
cd "$folder"

for secret in ops-token telemetry-password redis-password; do
  [ -s "$secret" ] || openssl rand -hex 32 > "$secret"
done

if [ ! -s tls-certificate ]; then
  [ -s authority.key ] || {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=Papel at $name" \
      -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
      -addext "nameConstraints=critical,permitted;DNS:$name" \
      -keyout authority.key -out authority.crt 2>/dev/null
    chmod 600 authority.key
  }
  # 397 days: what Apple's devices take at the most of a server.
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" -keyout tls-key -out request.csr 2>/dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth\n' "$alternatives" > extensions
  openssl x509 -req -in request.csr -CA authority.crt -CAkey authority.key -CAcreateserial -days 397 -extfile extensions \
    -out tls-certificate 2>/dev/null
  rm -f request.csr extensions authority.srl
  chmod 644 tls-key
  echo "Install $folder/authority.crt on the devices as a trusted authority: without that, browsers refuse to work offline."
fi
echo "Ready: $folder"
