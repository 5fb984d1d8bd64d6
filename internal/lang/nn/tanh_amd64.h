// What the kernels share that compute tanh.

// Constants, eight lanes each.
#define LANES(name, v) \
	DATA name<>+0(SB)/4, $v  \
	DATA name<>+4(SB)/4, $v  \
	DATA name<>+8(SB)/4, $v  \
	DATA name<>+12(SB)/4, $v \
	DATA name<>+16(SB)/4, $v \
	DATA name<>+20(SB)/4, $v \
	DATA name<>+24(SB)/4, $v \
	DATA name<>+28(SB)/4, $v \
	GLOBL name<>(SB), RODATA|NOPTR, $32

LANES(tanhMax, 0x409f0a3d) // 4.97
LANES(tanhMin, 0xc09f0a3d)
LANES(tanhN0, 0x4803f7c0)  // 135135
LANES(tanhN1, 0x46875a00)  // 17325
LANES(tanhN2, 0x43bd0000)  // 378
LANES(tanhD1, 0x4773a200)  // 62370
LANES(tanhD2, 0x4544e000)  // 3150
LANES(tanhD3, 0x41e00000)  // 28

// TANHLOAD keeps the constants of TANH in Y8 to Y15.
#define TANHLOAD \
	VMOVUPS tanhMax<>(SB), Y8 \
	VMOVUPS tanhMin<>(SB), Y9 \
	VMOVUPS tanhN0<>(SB), Y10 \
	VMOVUPS tanhN1<>(SB), Y11 \
	VMOVUPS tanhN2<>(SB), Y12 \
	VMOVUPS tanhD1<>(SB), Y13 \
	VMOVUPS tanhD2<>(SB), Y14 \
	VMOVUPS tanhD3<>(SB), Y15

// TANH replaces Y0 by its tanh and uses Y1 to Y3. Nothing is fused: plain Go
// does the same steps.
#define TANH \
	VMINPS Y8, Y0, Y0  \
	VMAXPS Y9, Y0, Y0  \
	VMULPS Y0, Y0, Y1  \
	VADDPS Y12, Y1, Y2 \
	VMULPS Y15, Y1, Y3 \
	VMULPS Y1, Y2, Y2  \
	VADDPS Y14, Y3, Y3 \
	VADDPS Y11, Y2, Y2 \
	VMULPS Y1, Y3, Y3  \
	VMULPS Y1, Y2, Y2  \
	VADDPS Y13, Y3, Y3 \
	VADDPS Y10, Y2, Y2 \
	VMULPS Y1, Y3, Y3  \
	VMULPS Y0, Y2, Y2  \
	VADDPS Y10, Y3, Y3 \
	VDIVPS Y3, Y2, Y0
