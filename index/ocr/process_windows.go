package ocr

import "os/exec"

func alone(*exec.Cmd) {}

func killGroup(int) {}
