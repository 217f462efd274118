#!/bin/sh
# From nothing to model.json and weights.bin.
#
#   sh make.sh BACKGROUNDS [WORK-FOLDER]
#
# BACKGROUNDS is any folder of pictures of surfaces. Optional, by environment: PHOTOGRAPHS (photographs without documents, for pictures
# without a page), CUT_OUTS (PNG with alpha: things that lie about), SHARDS (500 scenes each), STEPS, PYTHON.
set -eu
backgrounds=$(realpath "$1")
work=$(realpath -m "${2:-/tmp/document-detection}")
python=${PYTHON:-/usr/bin/python3}
cd "$(dirname "$0")"
set -- --backgrounds "$backgrounds" --out "$work/scenes" ${PHOTOGRAPHS:+--photographs "$PHOTOGRAPHS"} ${CUT_OUTS:+--cut-outs "$CUT_OUTS"}
"$python" synthesise.py "$@" --shards 9000:9002
"$python" synthesise.py "$@" --shards "0:${SHARDS:-30}"
"$python" train.py --scenes "$work/scenes" --out "$work/checkpoint.pt" --steps "${STEPS:-12000}"
"$python" export.py "$work/checkpoint.pt" ..
"$python" evaluate.py "$work/checkpoint.pt" --scenes "$work/scenes"
